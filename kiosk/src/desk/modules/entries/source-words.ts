import type { EntryBody } from '../../resources'

/** The document behind an entry, as one writes it: 《标题》（字号），机关，自… */
export function sourceWords({ source }: Pick<EntryBody, 'source'>): string {
  const title = source.title.startsWith('《') ? source.title : `《${source.title}》`
  const parts = [`${title}${source.number ? `（${source.number}）` : ''}`]
  if (source.issuer) parts.push(source.issuer)
  if (source.effective) parts.push(`自 ${source.effective} 起施行`)
  if (source.expires) parts.push(`${source.expires} 失效`)
  return parts.join('，')
}
