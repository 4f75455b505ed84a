// Does what the README's tour asks of curl, for machines without it: -sS, -X, -H, -d and one address.
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: {
    silent: { type: 'boolean', short: 's' },
    'show-error': { type: 'boolean', short: 'S' },
    request: { type: 'string', short: 'X' },
    header: { type: 'string', short: 'H', multiple: true, default: [] },
    data: { type: 'string', short: 'd' },
  },
  allowPositionals: true,
});

// As curl has it: data makes a POST, and is called a form unless a header says otherwise.
const method = values.request ?? (values.data === undefined ? 'GET' : 'POST');
const type = values.data === undefined ? [] : [['Content-Type', 'application/x-www-form-urlencoded']];
const headers = values.header.map((line) => /^([^:]+): *(.*)$/.exec(line).slice(1));
const answer = await fetch(positionals[0], { method, body: values.data, headers: [...type, ...headers] });
process.stdout.write(await answer.text());
