// What a number is, and how it is answered.
import {N, NS, S, front, text, validation} from '../values.mjs';

const tables = {T: 'hash'};
const bad = (given) => `The parameter cannot be converted to a numeric value: ${given}`;
const DIGITS = 'Attempting to store more than 38 significant digits in a Number';
const OVERFLOW = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const UNDERFLOW = 'Number underflow. Attempting to store a number with magnitude smaller than supported range';

// A number stored and read again.
const kept = (proves, given, canonical) => ({
  name: `${given.length > 40 ? `${given.slice(0, 37)}...` : given} is answered in its plain form`,
  proves: [`limits.md 2: ${proves}`],
  tables,
  steps: [
    ['PutItem', {TableName: '{T}', Item: {pk: S('k'), n: N(given)}}],
    ['GetItem', {TableName: '{T}', Key: {pk: S('k')}}, {body: {Item: {pk: S('k'), n: N(canonical)}}}],
  ],
});

// A number refused, before the table is looked up.
const refused = (proves, given, message) => ({
  name: `${JSON.stringify(given).slice(0, 60)} is refused`,
  proves: [`limits.md 2: ${proves}`],
  op: 'PutItem',
  body: {TableName: 'no-such-table', Item: {pk: S('k'), n: N(given)}},
  expect: front(message),
});

const added = (name, proves, from, delta, message) => ({
  name,
  proves: [`limits.md 2: ${proves}`],
  tables,
  steps: [
    ['PutItem', {TableName: '{T}', Item: {pk: S('k'), n: N(from)}}],
    ['UpdateItem', {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'SET n = n + :d', ExpressionAttributeValues: {':d': N(delta)}}, validation(message)],
    ['UpdateItem', {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'ADD n :d', ExpressionAttributeValues: {':d': N(delta)}}, validation(message)],
  ],
});

const GRAMMAR = 'Grammar';
const CANONICAL = 'Canonical output';

export default [
  ...['+1.5', '-1', '1e2', '1E2', '1e+2', '1E-2', '5.', '.5'].map((given) => ({
    name: `${given} is a number`,
    proves: [`limits.md 2: ${GRAMMAR}`],
    tables,
    op: 'PutItem',
    body: {TableName: '{T}', Item: {pk: S('k'), n: N(given)}},
  })),
  ...[' 1', '1 ', '1 2', '1_000', 'NaN', 'Infinity', '-Infinity', '0x10', '.', '-', '+', 'e5', '1e', '1e+', '1.2.3', '1e1.5', '--1', '\t1', '1,5'].map((given) =>
    refused(GRAMMAR, given, bad(given)),
  ),
  refused('Not a number, empty', '', bad('')),
  refused('Not a number, empty', 'abc', bad('abc')),
  kept('More than 38 significant digits', `${text(38, '9')}`, text(38, '9')),
  kept('More than 38 significant digits', `000${text(38, '9')}000`, `${text(38, '9')}000`),
  refused('More than 38 significant digits', text(39, '9'), DIGITS),
  refused('More than 38 significant digits', `1.${text(37, '0')}1`, DIGITS),
  kept('Scientific exponent > 125', '9.9999999999999999999999999999999999999E+125', text(38, '9') + text(88, '0')),
  kept('Scientific exponent > 125', '-9.9999999999999999999999999999999999999E+125', '-' + text(38, '9') + text(88, '0')),
  refused('Scientific exponent > 125', '1E126', OVERFLOW),
  refused('Scientific exponent > 125', '-1E126', OVERFLOW),
  refused('Scientific exponent > 125', '1' + text(126, '0'), OVERFLOW),
  refused('Scientific exponent > 125', '1E999999999999', OVERFLOW),
  kept('Exponent < -130', '1E-130', '0.' + text(129, '0') + '1'),
  kept('Exponent < -130', '-1E-130', '-0.' + text(129, '0') + '1'),
  refused('Exponent < -130', '1E-131', UNDERFLOW),
  refused('Exponent < -130', '-1E-131', UNDERFLOW),
  refused('Exponent < -130', '0.' + text(130, '0') + '1', UNDERFLOW),
  refused('Exponent < -130', '1E-999999999999', UNDERFLOW),
  refused('Order when several hold', `${text(39, '9')}E200`, DIGITS),
  refused('Order when several hold', `${text(39, '9')}E-200`, DIGITS),
  added('a sum above the range', 'Arithmetic result', '9E125', '9E125', OVERFLOW),
  added('a sum of more than 38 digits', 'Arithmetic result', '1E38', '0.1', OVERFLOW),
  added('a sum below the range', 'Arithmetic result', '1.1E-130', '-1E-130', UNDERFLOW),
  ...['0', '-0', '0e125', '0.000', '-0e-130', '+0'].map((given) => kept('Zero', given, '0')),
  kept(CANONICAL, '1e3', '1000'),
  kept(CANONICAL, '1E-5', '0.00001'),
  kept(CANONICAL, '1.50', '1.5'),
  kept(CANONICAL, '+7', '7'),
  kept(CANONICAL, '007', '7'),
  kept(CANONICAL, '.5', '0.5'),
  kept(CANONICAL, '5.', '5'),
  kept(CANONICAL, '1E125', '1' + text(125, '0')),
  kept(CANONICAL, '-0012.3400', '-12.34'),
  {
    name: 'a condition compares numbers by value',
    proves: ['limits.md 2: Equality/order'],
    tables,
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), n: N('1.0')}}],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), n: N('2')}, ConditionExpression: 'n = :v AND n >= :w AND n < :x', ExpressionAttributeValues: {':v': N('1e0'), ':w': N('10E-1'), ':x': N('0.0000000000000000000000000000000000011E36')}}],
    ],
  },
  {
    name: 'a set holds a number once, however it is written',
    proves: ['limits.md 2: Equality/order'],
    op: 'PutItem',
    body: {TableName: 'no-such-table', Item: {pk: S('k'), n: NS('10', '1e1')}},
    expect: front('One or more parameter values were invalid: Input collection contains duplicates.'),
  },
  {
    name: 'a key is found however its number is written',
    proves: ['limits.md 2: Equality/order'],
    tables: {T: 'numberHash'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: N('1e2')}}],
      ['GetItem', {TableName: '{T}', Key: {pk: N('100.00')}}, {body: {Item: {pk: N('100')}}}],
    ],
  },
];
