/** What is known of the page's first paint; the bundler computes it. */
declare module "#first" {
  const first: import("./prerender.ts").First;
  export default first;
}
