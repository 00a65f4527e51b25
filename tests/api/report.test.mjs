// The report of a running server: its endpoint, `dynarock report`, files and status at the end, budgets.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {runToEnd, startServer} from './server.mjs';
import {request, wire} from './wire.mjs';

const folder = mkdtempSync(join(tmpdir(), 'dynarock-report-'));
after(() => rmSync(folder, {recursive: true, force: true}));
const path = (name) => join(folder, name);

// A table of 200 items and a Query that returns one item of each hundred it reads, some times over.
async function discard(port, {times = 5, table = 'orders'} = {}) {
  const call = wire(port);
  const done = async (operation, body) => {
    const answer = await call(operation, body);
    assert.equal(answer.status, 200, answer.text);
  };
  await done('CreateTable', {
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      {AttributeName: 'customer', AttributeType: 'S'},
      {AttributeName: 'number', AttributeType: 'N'},
    ],
    KeySchema: [
      {AttributeName: 'customer', KeyType: 'HASH'},
      {AttributeName: 'number', KeyType: 'RANGE'},
    ],
  });
  for (let at = 0; at < 200; at += 25) {
    const puts = Array.from({length: 25}, (_, n) => ({
      PutRequest: {
        Item: {
          customer: {S: 'c1'},
          number: {N: `${at + n}`},
          state: {S: (at + n) % 100 === 0 ? 'open' : 'done'},
          text: {S: 'x'.repeat(1000)},
        },
      },
    }));
    await done('BatchWriteItem', {RequestItems: {[table]: puts}});
  }
  for (let n = 0; n < times; ++n) {
    await done('Query', {
      TableName: table,
      KeyConditionExpression: 'customer = :c',
      FilterExpression: '#s = :s',
      ExpressionAttributeNames: {'#s': 'state'},
      ExpressionAttributeValues: {':c': {S: 'c1'}, ':s': {S: 'open'}},
    });
  }
}

const get = (port, target, headers = {}) => request(port, {method: 'GET', path: target, headers});

describe('a running server', () => {
  let server;
  before(async () => {
    server = await startServer(['--requests-per-day', '2000000']);
    await discard(server.port);
  });
  after(() => server.stop());

  test('answers with JSON', async () => {
    const answer = await get(server.port, '/_dynarock/report');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/json');
    const report = JSON.parse(answer.text);
    assert.equal(report.formatVersion, 1);
    assert.equal(report.requests, 14);
    const finding = report.findings.find(({id}) => id === 'filter-discards-most');
    assert.equal(finding.table, 'orders');
    // The index that would serve it: one item of a KB, eventually consistent, is half a unit.
    assert.deepEqual(finding.blocks.map(({title}) => title), ['Terraform', 'CloudFormation']);
    assert.match(finding.blocks[0].text, /hash_key +   *= "customer"\n +range_key +   *= "state"\n/);
    assert.match(finding.blocks[1].text, /IndexName: "by_customer_state"/);
    assert.equal(finding.saving.readUnitsAfter, 0.5);
    assert.equal(finding.saving.readUnitsBefore, 25.5);
    assert.match(
      finding.evidence.find(({name}) => name === 'with the index').value,
      /^0\.5 read units each; 2 million a day: \$3\.80 a month on demand/,
    );
    assert.equal(report.costs.requestsPerDay, 2e6);
    assert.equal(report.costs.prices.region, 'us-east-1');
    const query = report.costs.requests.find(({operation}) => operation === 'Query');
    assert.equal(query.requests, 5);
    assert.equal(query.itemsRead, 1000);
    assert.equal(query.itemsReturned, 10);
    // 200 items of about 1 KB, eventually consistent.
    assert.ok(query.readUnits > 5 * 24 && query.readUnits < 5 * 28, `${query.readUnits}`);
    const month = ((query.readUnits / 5) * 2e6 * 730) / 24 / 1e6 * 0.125;
    assert.ok(Math.abs(query.month.onDemand - month) < 1e-6);
    const table = report.costs.tables.find((row) => row.table === 'orders' && !row.index);
    assert.equal(table.items, 200);
    assert.equal(answer.headers['x-dynarock-warnings'], `${report.warnings}`);
  });

  test('answers a browser with a page that needs nothing else', async () => {
    const answer = await get(server.port, '/_dynarock/report', {
      Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    });
    assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    assert.match(answer.text, /filter-discards-most/);
    assert.match(answer.text, /<svg role="img"/);
    assert.doesNotMatch(answer.text, /<script|https?:\/\//);
  });

  test('knows every format, and no other', async () => {
    for (const [format, expected] of [
      ['text', /\[filter-discards-most\]/],
      ['junit', /<testsuites name="dynarock"/],
      ['sarif', /"ruleId":"filter-discards-most"/],
      ['github', /^::warning title=dynarock filter-discards-most::/m],
    ]) {
      const answer = await get(server.port, `/_dynarock/report?format=${format}`);
      assert.equal(answer.status, 200);
      assert.match(answer.text, expected, format);
    }
    const answer = await get(server.port, '/_dynarock/report?format=pdf');
    assert.equal(answer.status, 400);
    assert.deepEqual(JSON.parse(answer.text), {
      error: 'format is text, json, html, junit, sarif or github',
    });
  });

  test('has the whole text if asked for', async () => {
    const whole = await get(server.port, '/_dynarock/report?format=text&all=1');
    assert.match(whole.text, /^Operations$/m);
    assert.equal((await runToEnd(['report', server.endpoint, '--all'])).stdout.includes('Operations\n'), true);
    const answer = await get(server.port, '/_dynarock/report?format=text&all=much');
    assert.equal(answer.status, 400);
    assert.deepEqual(JSON.parse(answer.text), {error: 'all is 1 or 0'});
  });

  test('is asked by dynarock report', async () => {
    const text = await runToEnd(['report', server.endpoint]);
    assert.equal(text.code, 0, text.stderr);
    assert.match(text.stdout, /^dynarock .*: 14 requests/);
    assert.match(text.stdout, /\[filter-discards-most\]/);

    const out = path('fetched.sarif');
    const sarif = await runToEnd([
      'report', `${server.endpoint}/`, '--format', 'sarif', '--output', out, '--fail-on', 'warning',
    ]);
    assert.equal(sarif.code, 3, sarif.stderr);
    assert.equal(JSON.parse(readFileSync(out, 'utf8')).version, '2.1.0');
    assert.equal((await runToEnd(['report', server.endpoint, '--fail-on', 'error'])).code, 0);
    const daily = await runToEnd([
      'report', server.endpoint, '--format', 'json', '--requests-per-day', '5000',
    ]);
    assert.equal(JSON.parse(daily.stdout).costs.requestsPerDay, 5000);
  });

  test('leaves out what is sent while the advisor is paused', async () => {
    const post = (path) => request(server.port, {path});
    const reported = async () => JSON.parse((await get(server.port, '/_dynarock/report')).text);
    const before = await reported();
    assert.equal(before.pausedMs, undefined);
    for (const _ of [1, 2]) {
      const answer = await post('/_dynarock/advisor/pause');
      assert.equal(answer.status, 200);
      assert.deepEqual(JSON.parse(answer.text), {advisor: 'paused'});
    }
    const call = wire(server.port);
    for (let i = 0; i < 12; ++i) {
      assert.equal((await call('Scan', {TableName: 'orders'})).status, 200);
    }
    const during = await reported();
    assert.equal(during.requests, before.requests);
    assert.deepEqual(JSON.parse((await post('/_dynarock/advisor/resume')).text), {advisor: 'watching'});
    assert.equal((await call('GetItem', {TableName: 'orders', Key: {customer: {S: 'c1'}, number: {N: '1'}}})).status, 200);
    const after = await reported();
    assert.equal(after.requests, before.requests + 1);
    assert.deepEqual(after.findings.map(({id}) => id), before.findings.map(({id}) => id));
    assert.ok(after.pausedMs >= during.pausedMs, `${after.pausedMs}`);
    assert.equal((await get(server.port, '/_dynarock/advisor/pause')).status, 405);
  });
});

test('dynarock report says in one line what is wrong', async () => {
  const refused = await runToEnd(['report', '--format', 'pdf']);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /^dynarock report: .*pdf is not text, json, .*\n$/);
  const alone = await runToEnd(['report', 'http://127.0.0.1:1']);
  assert.equal(alone.code, 1);
  assert.match(alone.stderr, /^dynarock report: [^\n]+\n$/);
  const without = await startServer(['--no-advisor']);
  const answer = await runToEnd(['report', without.endpoint]);
  await without.stop();
  assert.equal(answer.code, 1);
  assert.match(answer.stderr, /^dynarock report: .*\/_dynarock\/report.* answers with status 404[^\n]*\n$/);
});

describe('at the end', () => {
  test('files are written and the status is 3 with --fail-on warning', async () => {
    const files = ['end.txt', 'end.json', 'end.html', 'end.xml', 'end.sarif'].map(path);
    const server = await startServer([...files.flatMap((file) => ['--report', file]), '--fail-on', 'warning']);
    await discard(server.port);
    assert.equal((await server.stop()).code, 3);
    const [text, json, html, junit, sarif] = files.map((file) => readFileSync(file, 'utf8'));
    assert.match(text, /\[filter-discards-most\]/);
    assert.ok(JSON.parse(json).warnings > 0);
    assert.match(html, /^<!doctype html>/);
    assert.match(junit, /<failure type="warning"/);
    assert.equal(JSON.parse(sarif).runs[0].results.length, JSON.parse(json).findings.length);
    assert.match(server.output.stderr, /dynarock: 0 errors and \d+ warnings? in 14 requests\n/);
    assert.match(server.output.stderr, /exiting with status 3 because of --fail-on warning\n/);
  });

  test('text files have all of it with --report-all', async () => {
    for (const [args, operations] of [[['--report-all'], true], [[], false]]) {
      const server = await startServer(['--report', path('all.txt'), ...args]);
      await discard(server.port);
      await server.stop();
      const text = readFileSync(path('all.txt'), 'utf8');
      assert.equal(text.includes('\nOperations\n'), operations, text);
      assert.equal(text.includes(' --report-all shows everything.\n'), !operations, text);
      assert.equal(text.split('\n').length <= 50, !operations, text);
    }
  });

  test('warnings do not fail --fail-on error, and nothing fails without it', async () => {
    for (const args of [['--fail-on', 'error'], []]) {
      const server = await startServer(args);
      await discard(server.port);
      assert.equal((await server.stop()).code, 0);
      assert.match(server.output.stderr, /warning: .*\[filter-discards-most\] orders\n/);
    }
  });

  test('a server that saw nothing says nothing', async () => {
    const server = await startServer(['--fail-on', 'warning', '--report', '-', '--report-format', 'github']);
    assert.equal((await server.stop()).code, 0);
    // stdout is the report's, of which there is nothing.
    assert.match(server.output.stderr, /^dynarock [^\n]+\n$/);
    assert.equal(server.output.stdout, '');
  });

  test('a pause that never ended is told', async () => {
    const audit = path('paused.jsonl');
    const server = await startServer(['--fail-on', 'warning', '--audit', audit]);
    await request(server.port, {path: '/_dynarock/advisor/pause'});
    await discard(server.port);
    assert.equal((await server.stop()).code, 0);
    // The audit trail has what the advisor left out.
    assert.equal(readFileSync(audit, 'utf8').trim().split('\n').length, 14);
    assert.match(readFileSync(audit, 'utf8'), /"operation":"Query".*"readUnits":/);
    assert.match(server.output.stderr, /dynarock: the advisor was paused for [^\n]+; requests sent in that time were not analysed\n/);
  });

  test('a report on stdout is all that stdout has', async () => {
    const server = await startServer(['--report', '-', '--report-format', 'json']);
    await discard(server.port);
    await server.stop();
    assert.equal(JSON.parse(server.output.stdout).findings[0].id, 'filter-discards-most');
  });

  test('an exceeded budget is an error with the line of the budget', async () => {
    const budget = path('budget.yaml');
    writeFileSync(
      budget,
      'budgets:\n  - name: open orders\n    operation: Query\n    table: ord*\n    units-per-request: 4\n' +
        '  - operation: GetItem\n    units: 1\n',
    );
    const report = path('budget.json');
    const server = await startServer(['--budget', budget, '--fail-on', 'error', '--report', report]);
    await discard(server.port);
    assert.equal((await server.stop()).code, 3);
    const {findings} = JSON.parse(readFileSync(report, 'utf8'));
    assert.equal(findings[0].id, 'budget-exceeded');
    assert.equal(findings[0].file, budget);
    assert.equal(findings[0].line, 2);
    assert.match(findings[0].title, /^Query on orders took 2\d(\.5)? units in one request; the budget allows 4 units$/);
    assert.equal(findings.at(-1).id, 'budget-without-requests');
  });
});

describe('what cannot be is refused before the start', () => {
  const budget = path('bad.yaml');
  writeFileSync(budget, 'budgets:\n  - operation: Query\n    unit-per-request: 4\n');
  for (const [name, args, expected] of [
    ['a name without a format', ['--report', path('report')], /--report .*: the name does not tell the format; add --report-format/],
    ['an unknown format', ['--report', path('r'), '--report-format', 'pdf'], /--report-format pdf: it is text, json/],
    ['a folder that is not there', ['--report', path('no/r.json')], /--report .*: the file cannot be written/],
    ['a slip in a budget', ['--budget', budget], /bad\.yaml:3:\d+: a budget has no member "unit-per-request"/],
    ['prices that are not there', ['--prices', path('p.yaml')], /--prices .*: No such file or directory/],
    ['an unknown severity', ['--fail-on', 'note'], /--fail-on note: it is error or warning/],
    ['no traffic', ['--requests-per-day', '0'], /--requests-per-day must be a number above 0/],
    ['no advisor', ['--no-advisor', '--fail-on', 'error'], /--no-advisor cannot be used with .*--fail-on/],
  ]) {
    test(name, async () => {
      const {code, stdout, stderr} = await runToEnd(['--port', '0', ...args]);
      assert.ok(code === 1 || code === 2, `${code}`);
      assert.equal(stdout, '');
      assert.match(stderr, expected);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });
  }
});
