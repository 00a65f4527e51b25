// What the built program has against faults being used: docs/decisions/0013-hardening.md. Read from the program file with binutils,
// which the compiler brings along.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {describe, test} from 'node:test';
import {binary} from './server.mjs';

const skip = process.env.DYNAROCK_SANITIZED && 'a sanitized server is not the one that is shipped';

function output(program, ...args) {
  const {status, stdout, stderr, error} = spawnSync(program, [...args, binary], {encoding: 'utf8', maxBuffer: 1 << 28});
  assert.equal(status, 0, `${program}: ${error ?? stderr}`);
  return stdout;
}

const segment = (name) => output('readelf', '--wide', '--segments').split('\n').find((line) => line.trim().startsWith(name));

describe('the program that is shipped', {skip}, () => {
  test('is loaded at a random address', () => {
    assert.match(output('readelf', '--wide', '--file-header'), /Type: +DYN \(Position-Independent Executable file\)/);
    assert.match(output('readelf', '--wide', '--dynamic'), /\(FLAGS_1\) +Flags:.* PIE/);
  });

  test('needs no loader and no library, so that it runs in an empty image', () => {
    assert.equal(segment('INTERP'), undefined);
    assert.doesNotMatch(output('readelf', '--wide', '--dynamic'), /\(NEEDED\)/);
  });

  test('has tables of addresses that are read-only once it runs', () => {
    assert.match(segment('GNU_RELRO'), / R +0x/);
    assert.match(output('readelf', '--wide', '--dynamic'), /\(FLAGS\) +BIND_NOW/);
  });

  test('has a stack that cannot be executed, and nothing that can be written and executed', () => {
    assert.match(segment('GNU_STACK'), / RW +0x/);
    assert.doesNotMatch(output('readelf', '--wide', '--segments'), /^ +LOAD .* RWE /m);
  });

  test('watches the return address of its functions', () => {
    assert.match(output('objdump', '--disassemble=main'), /<__stack_chk_fail>$/m);
  });

  test('checks the bounds of what is indexed in containers of its own types', () => {
    // A check names the function that it is in, should it ever fail.
    assert.ok(/operator\[\]\(size_type\)[^\0]*_Tp = dynarock::/.test(readFileSync(binary, 'latin1')));
  });
});
