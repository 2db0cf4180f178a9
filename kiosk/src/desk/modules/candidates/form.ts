import type { EntryBody } from '../../resources'

/** An entry as it stands in the fields: lists are text, nothing is missing. */
export interface Form {
  id: string
  area: string
  topic: string
  aliases: string
  facet: string
  question: string
  phrasings: string
  text: string
  spoken: string
  scope: string
  title: string
  number: string
  issuer: string
  sourceEffective: string
  sourceExpires: string
  effective: string
  expires: string
  related: string
  review: string
}

export const SPOKEN_MOST = 80

const unique = (parts: string[]) => [...new Set(parts.map((p) => p.trim()).filter(Boolean))]
const lines = (text: string) => unique(text.split('\n'))
const names = (text: string) => unique(text.split(/[\n,，、;；\s]+/))
const orNone = (text: string | null) => text?.trim() || null

/** Characters as the server counts them. */
export const lengthOf = (text: string) => [...text.trim()].length

export function formOf(entry: EntryBody): Form {
  return {
    id: entry.id,
    area: entry.area,
    topic: entry.topic,
    aliases: (entry.aliases ?? []).join('、'),
    facet: entry.facet ?? '',
    question: entry.question,
    phrasings: entry.phrasings.join('\n'),
    text: entry.text,
    spoken: entry.spoken,
    scope: entry.scope ?? '',
    title: entry.source.title,
    number: entry.source.number ?? '',
    issuer: entry.source.issuer ?? '',
    sourceEffective: entry.source.effective ?? '',
    sourceExpires: entry.source.expires ?? '',
    effective: entry.effective ?? '',
    expires: entry.expires ?? '',
    related: (entry.related ?? []).join('、'),
    review: entry.review ?? '',
  }
}

export function entryOf(form: Form): EntryBody {
  const question = form.question.trim()
  return {
    id: form.id.trim(),
    area: form.area.trim(),
    topic: form.topic.trim(),
    aliases: names(form.aliases),
    facet: orNone(form.facet),
    question,
    phrasings: lines(form.phrasings).filter((phrasing) => phrasing !== question),
    text: form.text.trim(),
    spoken: form.spoken.trim(),
    scope: orNone(form.scope),
    source: {
      title: form.title.trim(),
      number: orNone(form.number),
      issuer: orNone(form.issuer),
      effective: orNone(form.sourceEffective),
      expires: orNone(form.sourceExpires),
    },
    effective: orNone(form.effective),
    expires: orNone(form.expires),
    related: names(form.related),
    review: orNone(form.review),
  }
}

/** A form for an entry that does not exist yet. */
export function blankForm(question: string, now: number): Form {
  const id = `local.${now.toString(36)}`
  return formOf({ id, area: '', topic: '', question, phrasings: [], text: '', spoken: '', source: { title: '' } })
}

/** What must be mended before the entry can be approved, by field. */
export function problemsOf(form: Form): Partial<Record<keyof Form, string>> {
  const problems: Partial<Record<keyof Form, string>> = {}
  if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(form.id.trim())) {
    problems.id = '编号用英文小写字母、数字、点和短横线'
  }
  if (!form.area.trim()) problems.area = '请选领域'
  if (!form.topic.trim()) problems.topic = '请写主题'
  if (!form.question.trim()) problems.question = '请写标准问'
  if (!form.text.trim()) problems.text = '请写屏幕上的答案'
  const spoken = lengthOf(form.spoken)
  if (spoken === 0) problems.spoken = '请写念出来的答案'
  if (spoken > SPOKEN_MOST) problems.spoken = `念出来的答案最多 ${SPOKEN_MOST} 个字`
  if (!form.title.trim()) problems.title = '请写依据，例如文件标题或“社区答复”'
  if (form.effective && form.expires && form.expires <= form.effective) {
    problems.expires = '失效日期要晚于生效日期'
  }
  if (form.sourceEffective && form.sourceExpires && form.sourceExpires <= form.sourceEffective) {
    problems.sourceExpires = '失效日期要晚于生效日期'
  }
  return problems
}

/** The whole sentences from the beginning of the text that can be spoken. */
export function spokenFrom(text: string): string {
  const sentences = text.trim().match(/[^。！？\n]+[。！？]?/g) ?? []
  let spoken = ''
  for (const sentence of sentences) {
    if (lengthOf(spoken + sentence) > SPOKEN_MOST) break
    spoken += sentence.trim()
  }
  return spoken
}
