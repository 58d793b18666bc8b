/** config/drawbridge.yml, made JSON by the esbuild plugin at packaging. */
declare module '*.yml' {
  const content: unknown;
  export default content;
}
