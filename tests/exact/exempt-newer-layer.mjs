// Statements of newer-layer.md that no request can show.
const WHERE = 'says where and when regions answered, not what';

export default {
  'newer-layer.md 0: Sheet of record': 'says what the sheet is',
  'newer-layer.md 0: Columns of the tables': 'explains the tables',
  'newer-layer.md 1: *': WHERE,
  'newer-layer.md 4: **Open**': 'a list of what is not known',
  'newer-layer.md 5: 292 rows': 'counts the rows',
  'newer-layer.md: All regions asked.': {each: WHERE},
  'newer-layer.md: 31/33. Since': {each: WHERE},
  'newer-layer.md: Taken as 33/33': {each: WHERE},
  'validation.md 1: "Older": the default answers': 'refers to another sheet',
  'validation.md 1.1: | Batches, transactions |': 'refers to another sheet',
  'validation.md 1.1: A client that compares': 'advice to clients',
  'validation.md 2: All texts in the other sheets': 'explains the sheets',
  'validation.md 3: - Batches: names are map keys': 'refers to another sheet',
  'newer-layer.md: B31: 32/33': {each: WHERE},
  'newer-layer.md: 33/33, seen 10-09': {each: WHERE},
  'newer-layer.md: 10/33 on 10-07 (2 by': {each: WHERE},
  'newer-layer.md 3.3: 4. The same in both layers': 'refers to other sheets',
  'newer-layer.md 0: | F |': 'the rows of those operations hold it: they have no other setting',
};
