import { describe, expect, it } from 'vitest'
import type { DeskMessage, EscalationView } from '../../resources'
import { groups, hear, nothingYet, type Live } from './live'

const view = (id: string, more: Partial<EscalationView> = {}): EscalationView => ({
  id,
  code: '123456',
  question: '问',
  place: '社区',
  kiosk: '大厅',
  resident_present: true,
  opened_at: 1,
  due_at: 10,
  state: 'waiting',
  version: 1,
  ...more,
})
const hello = (...escalations: EscalationView[]): DeskMessage => ({
  type: 'hello',
  escalations,
  workers_online: 2,
  edition: 1,
})
const news = (escalation: EscalationView): DeskMessage => ({ type: 'escalation', escalation })
const after = (...messages: DeskMessage[]): Live => messages.reduce(hear, nothingYet)
const ana = { id: 'ana', display_name: '安' }
const ben = { id: 'ben', display_name: '本' }

describe('the live list', () => {
  it('holds what waits when the desk opens, and stays quiet', () => {
    const live = after(hello(view('a'), view('b')))
    expect([...live.open.keys()]).toEqual(['a', 'b'])
    expect(live.fresh).toEqual([])
    expect(live.workersOnline).toBe(2)
  })

  it('rings once for a new one', () => {
    const live = after(hello(), news(view('a')))
    expect(live.fresh).toEqual(['a'])
    expect(hear(live, news(view('a', { resident_present: false }))).fresh).toEqual([])
    expect(hear(live, { type: 'presence', workers_online: 1 }).fresh).toEqual([])
  })

  it('rings after a broken connection for what came meanwhile', () => {
    const live = after(hello(view('a')), hello(view('a'), view('b'), view('c', { state: 'claimed' })))
    expect(live.fresh).toEqual(['b'])
  })

  it('does not ring for what comes back from a colleague', () => {
    const live = after(hello(view('a')), news(view('a', { state: 'claimed', version: 2 })))
    expect(hear(live, news(view('a', { version: 3 }))).fresh).toEqual([])
  })

  it.each(['answered', 'closed'] as const)('lets go of what is %s', (state) => {
    const live = after(hello(view('a', { version: 2 })), news(view('a', { state, version: 3 })))
    expect(live.open.size).toBe(0)
    const late = hear(live, news(view('a', { state: 'claimed', version: 2 })))
    expect(late.open.size).toBe(0)
    expect(late.fresh).toEqual([])
  })

  it('ignores an older version and takes the same one', () => {
    const live = after(hello(view('a', { version: 4, owner: ana, state: 'claimed' })))
    expect(hear(live, news(view('a', { version: 3 }))).open.get('a')?.state).toBe('claimed')
    const same = news(view('a', { version: 4, state: 'claimed', resident_present: false }))
    expect(hear(live, same).open.get('a')?.resident_present).toBe(false)
  })

  it.each<DeskMessage>([
    { type: 'edition', edition: 2 },
    { type: 'candidates' },
    { type: 'stopping' },
    { type: 'line', escalation: 'a', line: { number: 1, speaker: 'resident', text: '喂', at: 1 } },
  ])('is not changed by %j', (message) => {
    const live = after(hello(view('a')))
    expect(hear(live, message)).toEqual(live)
  })

  it('is grouped: mine, then waiting, then others, soonest due first', () => {
    const live = after(
      hello(
        view('late', { due_at: 30 }),
        view('soon', { due_at: 20 }),
        view('older', { due_at: 20, opened_at: 0 }),
        view('mine', { state: 'claimed', owner: ana }),
        view('theirs', { state: 'claimed', owner: ben }),
      ),
    )
    const { mine, waiting, others } = groups(live, 'ana')
    expect(mine.map((v) => v.id)).toEqual(['mine'])
    expect(waiting.map((v) => v.id)).toEqual(['older', 'soon', 'late'])
    expect(others.map((v) => v.id)).toEqual(['theirs'])
  })
})
