// Many requests over one connection, sent in batches without waiting for each answer.
import net from 'node:net';
import {once} from 'node:events';
import {apiHeaders} from '../api/wire.mjs';

const BATCH = 64;

function bytesOf(port, operation, body, target) {
  const headers = {...apiHeaders(operation), ...(target && {'X-Amz-Target': target})};
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${lines.join('')}\r\n${body}`;
}

// The answer at `at` of `bytes` as {status, text, end}; null while it is not whole.
function answerAt(bytes, at) {
  const head = bytes.indexOf('\r\n\r\n', at, 'latin1');
  if (head < 0) return null;
  const fields = bytes.toString('latin1', at, head);
  const end = head + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(fields)[1]);
  if (end > bytes.length) return null;
  return {status: Number(fields.slice(9, 12)), text: bytes.toString('utf8', head + 4, end), end};
}

// Sends `requests`, an iterable of {operation, body: text, target?, ...}, and calls `onAnswer(request, {status, text})` in their order.
// Rejects when the connection breaks before all are answered.
export async function pipeline(port, requests, onAnswer) {
  const socket = net.connect({host: '127.0.0.1', port, noDelay: true});
  await once(socket, 'connect');
  let received = Buffer.alloc(0);
  const answers = async (batch) => {
    let i = 0;
    for await (const [part] of on(socket)) {
      received = received.length ? Buffer.concat([received, part]) : part;
      let at = 0;
      for (let answer; i < batch.length && (answer = answerAt(received, at)); at = answer.end) onAnswer(batch[i++], answer);
      received = received.subarray(at);
      if (i === batch.length) return;
    }
    throw new Error(`the connection broke; not answered: ${batch[i].operation} ${batch[i].body}`);
  };
  const send = async (batch) => {
    socket.write(batch.map(({operation, body, target}) => bytesOf(port, operation, body, target)).join(''));
    await answers(batch);
  };
  let batch = [];
  for (const request of requests) {
    batch.push(request);
    if (batch.length < BATCH) continue;
    await send(batch);
    batch = [];
  }
  if (batch.length) await send(batch);
  socket.end();
}

// The parts that a socket receives, until it closes.
async function* on(socket) {
  while (!socket.destroyed && !socket.readableEnded) {
    const part = socket.read();
    if (part !== null) {
      yield [part];
      continue;
    }
    await new Promise((resolve) => {
      const done = () => {
        for (const event of ['readable', 'end', 'close', 'error']) socket.off(event, done);
        resolve();
      };
      for (const event of ['readable', 'end', 'close', 'error']) socket.once(event, done);
    });
  }
}
