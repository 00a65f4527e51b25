// What @shelf/jest-dynamodb reads: port, tables, and where its launcher looks for the jar.
module.exports = {
  port: Number(process.env.WRAPPER_PORT),
  installerConfig: {installPath: process.env.WRAPPER_INSTALL_PATH},
  tables: [
    {
      TableName: 'files',
      KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
      AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
      ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1},
    },
  ],
};
