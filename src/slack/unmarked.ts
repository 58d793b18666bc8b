/** Without what Slack makes of a text: `<http://a.example|a.example>` is a.example, and `&lt;` is `<`. */
export const unmarked = (said: string): string =>
  said
    .replace(/<(?:[^|>]*\|)?([^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
