// Stands for a package that is never used in a Lambda: any name is a class that refuses to be built.
module.exports = new Proxy(function () {}, {
  get: (_, name) =>
    name === '__esModule'
      ? false
      : typeof name === 'string'
        ? class Absent {
            constructor() {
              throw new Error(`${String(name)} is left out of this bundle`);
            }
          }
        : undefined,
});
