export interface Answer {
  status: number;
  body: Buffer;
  /** Bytes of the whole answer, head included. */
  length: number;
  closes: boolean;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const NEW_LINE = Buffer.from('\r\n');
const EMPTY = Buffer.alloc(0);

/** Reads one HTTP/1.1 answer off the front of `bytes`; undefined while it is incomplete. */
export function readAnswer(bytes: Buffer): Answer | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  const closes = /\r\nconnection: *close/i.test(head);
  const start = headEnd + 4;

  const sized = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (sized) {
    const end = start + Number(sized[1]);
    if (bytes.length < end) return undefined;
    return { status, body: bytes.subarray(start, end), length: end, closes };
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    const chunks = readChunks(bytes, start);
    return chunks && { status, body: chunks.body, length: chunks.end, closes };
  }
  if (status === 204 || status === 304) return { status, body: EMPTY, length: start, closes };
  throw new Error(`An answer of unknown length: ${head.slice(0, 200)}`);
}

function readChunks(bytes: Buffer, start: number): { body: Buffer; end: number } | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf(NEW_LINE, at);
    if (lineEnd < 0) return undefined;
    const size = parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { body: Buffer.concat(parts), end: next };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}
