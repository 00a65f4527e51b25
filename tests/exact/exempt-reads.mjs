// Statements about Query and Scan that no request can show.
export default {
  'query-scan.md 1: Rows 4 to 9': 'says where the order comes from',
  'query-scan.md 5: - Item order of BatchGetItem': 'says that nothing is defined, and points to another sheet',
  "new-features.md 2: MO's texts for missing": 'names texts that are not followed',
};
