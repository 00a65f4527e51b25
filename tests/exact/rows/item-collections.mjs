// ItemCollectionMetrics.
import {carry, define, put, s} from '../definitions.mjs';

const proves = carry('capacity.md 5: ');
const local = define('pk:S|sk:S', {local: {Local: 'pk:S|l:S'}});
const SIZE = {ReturnItemCollectionMetrics: 'SIZE'};
const metrics = (pk) => ({ItemCollectionKey: {pk: s(pk)}, SizeEstimateRangeGB: [0, 1]});
const key = (pk, sk = 'a') => ({pk: s(pk), sk: s(sk)});
const write = (pk, sk) => ({PutRequest: {Item: key(pk, sk)}});

export default [
  {
    name: 'single writes of a table with a local index',
    proves: proves(['| Put, Update, Delete |', 'SizeEstimateRangeGB: two numbers']),
    assumed: true,
    tables: {T: local},
    steps: [
      ['PutItem', {TableName: '{T}', Item: key('a'), ...SIZE}, {body: {ItemCollectionMetrics: metrics('a')}}],
      ['UpdateItem', {TableName: '{T}', Key: key('a'), ...SIZE}, {body: {ItemCollectionMetrics: metrics('a')}}],
      ['DeleteItem', {TableName: '{T}', Key: key('a'), ...SIZE}, {body: {ItemCollectionMetrics: metrics('a')}}],
    ],
  },
  {
    name: 'not unless asked, nor without a local index',
    proves: proves('Only with ReturnItemCollectionMetrics=SIZE'),
    tables: {T: local, U: define('pk:S|sk:S', {global: {Global: 'sk:S'}})},
    steps: [
      ['PutItem', {TableName: '{T}', Item: key('a')}, {body: {}}],
      ['PutItem', {TableName: '{T}', Item: key('a'), ReturnItemCollectionMetrics: 'NONE'}, {body: {}}],
      ['PutItem', {TableName: '{U}', Item: key('a'), ...SIZE}, {body: {}}],
      ['BatchWriteItem', {RequestItems: {'{U}': [write('a')]}, ...SIZE}, {body: {UnprocessedItems: {}}}],
      ['BatchWriteItem', {RequestItems: {'{T}': [write('a')]}}, {body: {UnprocessedItems: {}}}],
    ],
  },
  {
    name: 'a batch reports each collection once',
    proves: proves('| BatchWriteItem, TransactWriteItems |'),
    tables: {T: local, U: define('pk:S')},
    steps: [
      put('{T}', key('c')),
      [
        'BatchWriteItem',
        {
          RequestItems: {
            '{T}': [write('a', 'x'), write('b', 'x'), write('a', 'y'), {DeleteRequest: {Key: key('c')}}],
            '{U}': [{PutRequest: {Item: {pk: s('q')}}}],
          },
          ...SIZE,
        },
        {body: {UnprocessedItems: {}, ItemCollectionMetrics: {'{T}': ['a', 'b', 'c'].map(metrics)}}},
      ],
    ],
  },
];
