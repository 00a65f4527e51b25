module.exports = {
  preset: '@shelf/jest-dynamodb',
  testMatch: ['<rootDir>/*.case.cjs'],
  transform: {},
};
