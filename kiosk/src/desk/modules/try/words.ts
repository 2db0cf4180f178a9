const DECISIONS: Record<string, string> = {
  answer: '直接回答',
  choices: '问“您是不是想问”',
  no_answer: '说不会，请人工',
  small_talk: '寒暄',
  command: '指令',
  emergency: '紧急情况，给出电话',
  human: '转人工',
}

/** What the live path would do, in words. */
export const decisionWords = (decision: string) => DECISIONS[decision] ?? decision

/** Why the number to call is shown. */
export const dangerWords = (danger: number) =>
  danger >= 1 ? '有一条规则认得这句话' : `没有规则认得，像危险时说的话（${Math.round(danger * 100)}%）`

export const percentWords = (share: number) => `${(share * 100).toFixed(1)}%`
