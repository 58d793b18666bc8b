const { default: Runner } = require('jest-runner');

/** Jest's own runner, a file at a time; jest runs what has another runner before or after it, never beside it. */
module.exports = class OneByOne extends Runner {
  isSerial = true;
};
