// Statements about batches and transactions that no request can show.
export default {
  'capacity.md 4: - Tables with vector indexes': 'points to another sheet',
  'newer-layer.md: B31: 32/33': 'says which regions answered and when',
  'newer-layer.md: 5/33 on 10-07 (first': 'says which regions answered and when',
  'newer-layer.md: 3/33 on 10-08': 'says which regions answered and when',
};
