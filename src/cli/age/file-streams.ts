import type { FileHandle } from 'node:fs/promises';

/** So that age, which works in pieces of 64 KiB, is not asked too often. */
const PIECE_BYTES = 2 ** 18;

/** A file from its beginning, read as fast as it is taken: of a file of any size a few pieces are in memory. */
export function streamOf(file: FileHandle): ReadableStream<Uint8Array> {
  let position = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = new Uint8Array(PIECE_BYTES);
        const { bytesRead } = await file.read(piece, 0, piece.length, position);
        position += bytesRead;
        if (bytesRead === 0) controller.close();
        else controller.enqueue(piece.subarray(0, bytesRead));
      },
    },
    { highWaterMark: 0 },
  );
}

/** Writes all of a stream to a file, in order. Rejects with what either of them says. @param tell hears how far it is, in bytes */
export async function writeTo(
  file: FileHandle,
  stream: ReadableStream<Uint8Array>,
  tell: (bytes: number) => void = () => undefined,
): Promise<number> {
  let position = 0;
  for await (const piece of stream) {
    for (let at = 0; at < piece.length;) {
      const { bytesWritten } = await file.write(piece, at, piece.length - at, position);
      at += bytesWritten;
      position += bytesWritten;
    }
    tell(position);
  }
  return position;
}
