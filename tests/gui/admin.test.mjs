// dynamodb-admin, driven as a person would: in Debian's Chromium, without a screen. The last page seen is kept as
// build/interop/dynamodb-admin.png.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {after, before, describe, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {chromium} from 'playwright-core';
import {startServer} from '../api/server.mjs';

const CHROMIUM = '/usr/bin/chromium';
const ADMIN = fileURLToPath(new URL('node_modules/dynamodb-admin/dist/dynamodb-admin.js', import.meta.url));
const SCREENSHOT = fileURLToPath(new URL('../../build/interop/dynamodb-admin.png', import.meta.url));
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const {port} = listener.address();
  listener.close();
  await once(listener, 'close');
  return port;
}

// Starts dynamodb-admin before a server; resolves when it answers: {url, stop()}.
async function startAdmin(endpoint) {
  const port = await freePort();
  const args = [ADMIN, '--host', '127.0.0.1', '--port', String(port), '--dynamo-endpoint', endpoint];
  const child = spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'pipe']});
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; ; ++attempt) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer) break;
    if (attempt === 200 || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error(`dynamodb-admin did not start:\n${output}`);
    }
    await sleep(50);
  }
  return {url, stop: () => child.kill('SIGKILL')};
}

describe('dynamodb-admin', {skip: !existsSync(CHROMIUM) && `no ${CHROMIUM}`}, () => {
  const profile = mkdtempSync(join(tmpdir(), 'dynarock-gui-'));
  let server;
  let admin;
  let browser;
  let page;

  before(async () => {
    server = await startServer();
    admin = await startAdmin(server.endpoint);
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      headless: true,
      args: FLAGS,
      viewport: {width: 1100, height: 700},
    });
    page = await browser.newPage();
    page.setDefaultTimeout(8_000);
    page.on('dialog', (dialog) => dialog.accept());
  });
  after(async () => {
    if (page) {
      mkdirSync(fileURLToPath(new URL('../../build/interop/', import.meta.url)), {recursive: true});
      await page.screenshot({path: SCREENSHOT}).catch(() => {});
    }
    await browser?.close();
    admin?.stop();
    await server?.stop();
    rmSync(profile, {recursive: true, force: true});
  });

  const main = () => page.textContent('main');

  async function fillTable() {
    await page.goto(`${admin.url}/create-table`);
    await page.fill('[name=TableName]', 'Bands');
    await page.fill('[name=HashAttributeName]', 'id');
    await page.selectOption('[name=HashAttributeType]', 'S');
    await page.click('#new-index');
    const index = (name) => `[name^=secondary-index-][name$=-${name}]`;
    await page.fill(index('IndexName'), 'byGenre');
    await page.fill(index('HashAttributeName'), 'genre');
    await page.selectOption(index('HashAttributeType'), 'S');
  }

  // dynamodb-admin 5.3.3 sends capacity units as strings, which the service refuses (its issue 518).
  test('shows the refusal of capacity units that are strings', async () => {
    await fillTable();
    await page.click('button[type=submit]');
    await page.getByText('STRING_VALUE cannot be converted to Long').waitFor();
  });

  test('creates a table with an index, the capacity units being numbers', async () => {
    const asNumber = (name, value) => (name.endsWith('CapacityUnits') ? Number(value) : value);
    await page.route('**/create-table', (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      return route.continue({postData: JSON.stringify(JSON.parse(route.request().postData()), asNumber)});
    });
    await fillTable();
    await page.click('button[type=submit]');
    await page.waitForURL(`${admin.url}/`);
    assert.match(await main(), /Bands/);
  });

  test('shows that a table is there already', async () => {
    await fillTable();
    await page.click('button[type=submit]');
    await page.getByText('Table already exists: Bands').waitFor();
  });

  test('creates an item and lists it', async () => {
    const item = {id: 'acme', genre: 'pop', albums: 3, members: ['Ada', 'Grace'], active: true};
    await page.goto(`${admin.url}/tables/Bands/add-item`);
    await page.waitForFunction(() => typeof editor === 'object');
    await page.evaluate((text) => editor.setValue(text), JSON.stringify(item));
    await page.click('#saveButton');
    await page.waitForURL(/\/tables\/Bands\/items\/acme/);
    await page.goto(`${admin.url}/tables/Bands`);
    await page.getByRole('cell', {name: 'acme'}).waitFor();
    const text = await main();
    for (const value of ['pop', '3', 'Ada']) assert.ok(text.includes(value), text);
  });

  test('changes and deletes an item', async () => {
    await page.goto(`${admin.url}/tables/Bands/items/acme`);
    await page.waitForFunction(() => typeof editor === 'object' && editor.getValue().includes('acme'));
    await page.evaluate(() => editor.setValue(editor.getValue().replace('"pop"', '"rock"')));
    await page.click('#saveButton');
    await page.waitForSelector('#saveButton.btn-success');
    await page.goto(`${admin.url}/tables/Bands`);
    await page.getByRole('cell', {name: 'rock'}).waitFor();
    await page.goto(`${admin.url}/tables/Bands/items/acme`);
    await page.getByRole('button', {name: 'Delete'}).click();
    await page.waitForURL(`${admin.url}/tables/Bands`);
  });

  test('lists page by page, and what an index finds', async () => {
    for (let n = 0; n < 30; ++n) {
      const id = `band${String(n).padStart(2, '0')}`;
      const answer = await fetch(`${admin.url}/tables/Bands/add-item`, {
        method: 'PUT',
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({id, genre: n % 2 ? 'odd' : 'even'}),
      });
      assert.equal(answer.status, 200, await answer.text());
    }
    await page.goto(`${admin.url}/tables/Bands`);
    await page.getByRole('cell', {name: /band/}).first().waitFor();
    const rows = (count) =>
      page.waitForFunction((wanted) => document.querySelectorAll('#items-container tr').length === wanted, count);
    await rows(25);
    await page.click('.page-link-next');
    await rows(5);
    const index = page.locator('[name=queryableSelection] option', {hasText: 'byGenre'});
    await page.selectOption('[name=queryableSelection]', await index.getAttribute('value'));
    await page.selectOption('[name=operationType]', 'query');
    await page.locator('.filter-row-value').last().fill('odd');
    await page.getByRole('button', {name: 'Search'}).click();
    await rows(15);
  });

  test('shows the description of the table', async () => {
    await page.goto(`${admin.url}/tables/Bands/meta`);
    await page.waitForFunction(() => document.body.textContent.includes('byGenre'));
    await page.goto(`${admin.url}/tables/Bands`);
    await page.getByRole('cell', {name: /band/}).first().waitFor();
  });
});
