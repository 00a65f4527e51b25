// Records what an AWS SDK for JavaScript v3 client sends and gets, for replay.mjs. Format: docs/recording.md.
//
//   import {record} from './record.mjs';
//   const client = record(new DynamoDBClient({...}), 'traffic.jsonl');
import {appendFileSync} from 'node:fs';
import {Readable} from 'node:stream';

// Adds a middleware to `client` that appends one JSON line per request to `file`. Nothing of the request's signature or
// credentials is kept. Returns the client.
export function record(client, file) {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response;
      const parts = [];
      for await (const part of response.body) parts.push(Buffer.from(part));
      const bytes = Buffer.concat(parts);
      response.body = Readable.from([bytes]);
      const target = args.request.headers['x-amz-target'] ?? args.request.headers['X-Amz-Target'];
      appendFileSync(
        file,
        JSON.stringify({
          request: {operation: target.split('.').pop(), body: parse(args.request.body)},
          response: {status: response.statusCode, body: parse(bytes)},
        }) + '\n',
      );
      return result;
    },
    {step: 'deserialize', priority: 'low', name: 'dynarockRecorder'},
  );
  return client;
}

// A body as JSON where it is JSON, else as text.
function parse(body) {
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : (body ?? '');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
