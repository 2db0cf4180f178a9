import type { EscalationView } from '../../resources'

/** Who has it, in words. */
export function ownerWords(view: EscalationView, me: string | undefined): string {
  const name = view.owner?.id === me ? '我' : (view.owner?.display_name ?? '同事')
  switch (view.state) {
    case 'waiting':
      return '等人认领'
    case 'claimed':
      return `${name}在办`
    case 'answered':
      return `${name}已答复`
    case 'closed':
      return `${name}已结束，没有答复`
  }
}

/** The number to dial, where the contact is one and not masked. */
export function dialable(contact: string | null | undefined): string | undefined {
  const digits = contact?.replace(/[\s-]/g, '')
  return digits && /^\+?\d{7,15}$/.test(digits) ? digits : undefined
}
