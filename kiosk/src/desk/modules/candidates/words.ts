import type { CandidateStateName, CandidateView, ProposalKind } from '../../resources'

export const STATES: { name: CandidateStateName; text: string }[] = [
  { name: 'in_review', text: '待审核' },
  { name: 'approved', text: '已通过，待发布' },
  { name: 'published', text: '已发布' },
  { name: 'rejected', text: '不采用' },
]

const KINDS: Record<ProposalKind, string> = { entry: '条目', phrasing: '加问法', retire: '停用' }

export const kindWords = (kind: ProposalKind) => KINDS[kind]

/** What a candidate is about, in a line. */
export function titleOf(candidate: CandidateView): string {
  if (candidate.kind === 'entry') return candidate.entry?.question ?? ''
  const target = candidate.target_question ?? candidate.target ?? ''
  return candidate.kind === 'phrasing' ? `“${candidate.phrasing ?? ''}” → ${target}` : target
}

export const FACETS: { value: string; text: string }[] = [
  { value: 'what', text: '是什么' },
  { value: 'how', text: '怎么办、流程' },
  { value: 'materials', text: '带什么材料' },
  { value: 'where', text: '在哪里办' },
  { value: 'duration', text: '多久办好' },
  { value: 'fee', text: '多少钱、收不收费' },
  { value: 'proxy', text: '能不能代办' },
  { value: 'online', text: '能不能网上办' },
  { value: 'condition', text: '谁能办、条件' },
  { value: 'when', text: '什么时候' },
  { value: 'phone', text: '电话' },
  { value: 'amount', text: '能领多少、报多少' },
  { value: 'query', text: '怎么查' },
  { value: 'lost', text: '丢了、补办' },
]
