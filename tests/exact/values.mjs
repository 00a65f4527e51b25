// Attribute values and long texts, written short.

// A text of n bytes.
export const text = (n, letter = 'x') => letter.repeat(n);

// S('a'), or S(2048) for a string of that many bytes; B takes raw text or a number of bytes.
export const S = (value) => ({S: typeof value === 'number' ? text(value) : value});
export const N = (value) => ({N: String(value)});
export const B = (value) => ({
  B: (typeof value === 'number' ? Buffer.alloc(value, 120) : Buffer.from(value)).toString('base64'),
});
export const SS = (...values) => ({SS: values});
export const NS = (...values) => ({NS: values.map(String)});
export const BS = (...values) => ({BS: values.map((value) => Buffer.from(value).toString('base64'))});
export const L = (...values) => ({L: values});
export const M = (members = {}) => ({M: members});
export const BOOL = (value) => ({BOOL: value});
export const NULL = {NULL: true};

// `inner` inside `levels` maps (key a) or lists.
export function nested(levels, inner = S('x'), kind = 'M') {
  let value = inner;
  for (let i = 0; i < levels; ++i) value = kind === 'M' ? M({a: value}) : L(value);
  return value;
}

// range(3) = [0, 1, 2]
export const range = (n) => Array.from({length: n}, (_, i) => i);

// -- Texts -------------------------------------------------------------------------------------------------------

export const PFX = 'One or more parameter values were invalid: ';

// The constraint error of one member. null: the member is absent.
export const violation = (value, path, rule) =>
  `Value ${value === null ? 'null' : `'${value}'`} at '${path}' failed to satisfy constraint: ${rule}`;
export const CE = (value, path, rule) => `1 validation error detected: ${violation(value, path, rule)}`;

export const RULE = {
  required: 'Member must not be null',
  atLeast: (n) => `Member must have value greater than or equal to ${n}`,
  atMost: (n) => `Member must have value less than or equal to ${n}`,
  minLength: (n) => `Member must have length greater than or equal to ${n}`,
  maxLength: (n) => `Member must have length less than or equal to ${n}`,
  pattern: 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+',
  oneOf: (set) => `Member must satisfy enum value set: ${set}`,
};

// -- Expectations ------------------------------------------------------------------------------------------------

export const validation = (message) => ({type: 'ValidationException', message});
// What the newer layer of PutItem, UpdateItem and DeleteItem finds in the request alone.
export const front = (message) => validation(`1 validation error detected: ${message}`);
// The same of any item operation: only those three put it in an envelope.
export const told = (op, message) => (['PutItem', 'UpdateItem', 'DeleteItem'].includes(op) ? front : validation)(message);
export const notFound = {type: 'ResourceNotFoundException', message: 'Requested resource not found'};
export const serialization = (message) => ({type: 'SerializationException', message});
export const conditionFailed = {
  type: 'ConditionalCheckFailedException',
  message: 'The conditional request failed',
};
// A table that no row makes: every check of the request alone comes before it is looked up.
export const ABSENT = 'no-such-table';
