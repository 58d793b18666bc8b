/** config/drawbridge.yml, checked and parsed by the esbuild plugin at packaging. */
declare module '*.yml' {
  const policy: import('./domain/policy').Policy;
  export default policy;
}
