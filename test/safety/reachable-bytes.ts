import { types } from 'node:util';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';

/**
 * The paths below `root` at which `secret` lies, as bytes or as hexadecimal text: everything that own properties,
 * elements, prototypes' getters aside, members of maps and sets, and secrets themselves lead to. What is private to a
 * class or held by a closure is out of reach, as it is for whoever injects it.
 */
export function findBytes(secret: Uint8Array, root: unknown): readonly string[] {
  const wanted = Buffer.from(secret);
  const hex = wanted.toString('hex');
  const found: string[] = [];
  const seen = new Set<object>();
  const waiting: (readonly [path: string, value: unknown])[] = [['', root]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [path, value] = next;
    if (typeof value === 'string' && value.toLowerCase().includes(hex)) found.push(path);
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    seen.add(value);
    const bytes = bytesOf(value);
    if (bytes?.includes(wanted) === true) found.push(path);
    if (bytes === undefined)
      waiting.push(...membersOf(value).map(([name, each]) => [`${path}/${name}`, each] as const));
  }
  return found;
}

function bytesOf(value: object): Buffer | undefined {
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (!(value instanceof SecretBytes)) return undefined;
  try {
    return Buffer.from(value.expose());
  } catch {
    return Buffer.alloc(0);
  }
}

function membersOf(value: object): (readonly [name: string, value: unknown])[] {
  const properties = Reflect.ownKeys(value).flatMap((key) => {
    const property = Object.getOwnPropertyDescriptor(value, key);
    return property === undefined || !('value' in property) ? [] : [[String(key), property.value as unknown] as const];
  });
  if (types.isMap(value)) return [...properties, ...[...value].map(([key, each]) => [String(key), each] as const)];
  if (types.isSet(value)) return [...properties, ...[...value].map((each, index) => [String(index), each] as const)];
  return properties;
}
