/**
 * The page that was wanted before sign-in. Only pages of desk and console: a
 * link must not be able to lead somewhere else.
 */
export function pageAfter(wanted: unknown): string {
  return typeof wanted === 'string' && /^\/(desk|console)(\/|\?|$)/.test(wanted) ? wanted : '/desk'
}
