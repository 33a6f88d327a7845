/** Where the page as one file is, as seen from this page; put in by the bundler. */
declare module "#single" {
  export const single: string;
}
