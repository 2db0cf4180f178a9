import type { DeskMessage, EscalationView } from '../../resources'

/** The live list, as this desk knows it. */
export interface Live {
  /** Open escalations by id. */
  open: ReadonlyMap<string, EscalationView>
  /** Versions at which escalations ended: a late message must not revive one. */
  ended: ReadonlyMap<string, number>
  workersOnline: number
  /** Whether the server has said hello on any connection. */
  greeted: boolean
  /** Escalations that the last message brought and that nobody has: they ring. */
  fresh: readonly string[]
}

export const nothingYet: Live = {
  open: new Map(),
  ended: new Map(),
  workersOnline: 0,
  greeted: false,
  fresh: [],
}

export const isOpen = (view: EscalationView) =>
  view.state === 'waiting' || view.state === 'claimed'

function greet(live: Live, views: EscalationView[], workersOnline: number): Live {
  const fresh = views.filter((v) => v.state === 'waiting' && !live.open.has(v.id))
  return {
    open: new Map(views.map((view) => [view.id, view])),
    ended: new Map(),
    workersOnline,
    greeted: true,
    // What already waits when the desk is opened is no news.
    fresh: live.greeted ? fresh.map((view) => view.id) : [],
  }
}

function change(live: Live, view: EscalationView): Live {
  const known = live.open.get(view.id)?.version ?? live.ended.get(view.id) ?? 0
  if (view.version < known || (live.ended.has(view.id) && isOpen(view))) {
    return { ...live, fresh: [] }
  }
  const open = new Map(live.open)
  if (isOpen(view)) {
    open.set(view.id, view)
    const rings = view.state === 'waiting' && known === 0
    return { ...live, open, fresh: rings ? [view.id] : [] }
  }
  open.delete(view.id)
  return { ...live, open, ended: new Map(live.ended).set(view.id, view.version), fresh: [] }
}

/** What the list is after a message. */
export function hear(live: Live, message: DeskMessage): Live {
  switch (message.type) {
    case 'hello':
      return greet(live, message.escalations, message.workers_online)
    case 'escalation':
      return change(live, message.escalation)
    case 'presence':
      return { ...live, workersOnline: message.workers_online, fresh: [] }
    case 'line':
    case 'edition':
    case 'candidates':
    case 'stopping':
      return { ...live, fresh: [] }
  }
}

/** The open escalations as a worker wants them: soonest due first in each. */
export function groups(live: Live, me: string | undefined) {
  const all = [...live.open.values()].sort(
    (a, b) => a.due_at - b.due_at || a.opened_at - b.opened_at,
  )
  return {
    mine: all.filter((v) => v.state === 'claimed' && v.owner?.id === me),
    waiting: all.filter((v) => v.state === 'waiting'),
    others: all.filter((v) => v.state === 'claimed' && v.owner?.id !== me),
  }
}
