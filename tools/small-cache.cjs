// Stands for an LRU cache of a thousand entries where one or two are ever kept.
module.exports = class SmallCache extends Map {
  constructor() {
    super();
  }
};
