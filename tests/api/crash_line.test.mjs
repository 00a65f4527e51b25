// A server that a fatal signal ends: its last line, and how it ends.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {startServer} from './server.mjs';
import {TABLE, wire} from './wire.mjs';

const REPORT = "Please report this line in the project's issue tracker";

// Sends the signal and waits for the end: {signal, lines}.
async function endBy(server, signal) {
  process.kill(server.pid, signal);
  const {code, signal: ended} = await server.exited();
  await sleep(20); // for the pipe's last bytes
  return {code, ended, lines: server.output.stderr.trimEnd().split('\n')};
}

const skip = process.env.DYNAROCK_SANITIZED && 'sanitizers have handlers of their own';
describe('a fatal signal', {skip}, () => {
  for (const signal of ['SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGABRT']) {
    test(`${signal}: one line, then the signal's own exit status`, async () => {
      const server = await startServer(['--threads', '2']);
      const {code, ended, lines} = await endBy(server, signal);
      assert.deepEqual({code, ended}, {code: null, ended: signal});
      assert.equal(lines.length, 1, lines.join('\n'));
      assert.match(lines[0], new RegExp(
        `^dynarock \\d+\\.\\d+\\.\\d+ ends: ${signal}, sent by process ${process.pid}, ` +
          `during no request \\(thread [^)]+\\)\\. ${REPORT}$`));
    });
  }

  test('as JSON where the log is JSON, whatever the level', async () => {
    const server = await startServer(['--log-format', 'json', '--log-level', 'off']);
    const {lines} = await endBy(server, 'SIGSEGV');
    assert.equal(lines.length, 1);
    const {time, level, message} = JSON.parse(lines[0]);
    assert.ok(Math.abs(Date.parse(time) - Date.now()) < 5000, time);
    assert.equal(level, 'critical');
    assert.match(message, /^dynarock .* ends: SIGSEGV/);
  });

  test('what is being served is named', async () => {
    // Which thread takes the signal is the kernel's choice, and a request may just have ended: so it is tried again.
    let line;
    for (let attempt = 0; attempt < 30 && !/Scan/.test(line ?? ''); ++attempt) {
      const server = await startServer(['--threads', '2']);
      const call = wire(server.port);
      await call('CreateTable', TABLE);
      for (let batch = 0; batch < 40; ++batch) {
        const puts = Array.from({length: 25}, (_, i) => (
          {PutRequest: {Item: {pk: {S: `${batch}.${i}`}, text: {S: 'x'.repeat(900)}}}}));
        await call('BatchWriteItem', {RequestItems: {Wire: puts}});
      }
      const filter = {FilterExpression: 'contains(#t, :y)', ExpressionAttributeNames: {'#t': 'text'},
        ExpressionAttributeValues: {':y': {S: 'y'}}};
      let running = true;
      const load = Array.from({length: 24}, async () => {
        while (running) await call('Scan', {TableName: 'Wire', ...filter}).catch(() => (running = false));
      });
      await sleep(100);
      ({lines: [line]} = await endBy(server, 'SIGSEGV'));
      running = false;
      await Promise.all(load);
    }
    assert.match(line, /^dynarock \S+ ends: SIGSEGV, sent by process \d+, during (Scan|no request \(thread [^)]+\); also running: Scan)/);
  });
});
