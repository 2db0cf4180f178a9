import createClient from 'openapi-fetch'
import type { paths } from '../protocol/rest'
import { Refused, refusedBy } from './refused'
import type { AnswerRequest, CandidateRequest, CandidateStateName, ReadingRequest, VoiceRequest } from './resources'

const client = createClient<paths>({ credentials: 'same-origin' })

const signInListeners = new Set<() => void>()

/** Calls `listener` whenever the server no longer knows who is signed in. */
export function onSignInNeeded(listener: () => void): void {
  signInListeners.add(listener)
}

async function take<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  let result
  try {
    result = await call
  } catch {
    throw new Refused('offline', '连不上服务器，请检查网络后再试。')
  }
  if (result.response.ok) return result.data as T
  const refused = refusedBy(result.error, result.response.status)
  if (refused.code === 'sign_in_needed') signInListeners.forEach((listener) => listener())
  throw refused
}

const at = (id: string) => ({ params: { path: { id } } })

const session = {
  whoAmI: () => take(client.GET('/api/session')),
  signIn: (name: string, password: string) =>
    take(client.POST('/api/session', { body: { name, password } })),
  signOut: () => take(client.DELETE('/api/session')),
}

const escalations = {
  list: (open: boolean) => take(client.GET('/api/escalations', { params: { query: { open } } })),
  detail: (id: string) => take(client.GET('/api/escalations/{id}', at(id))),
  claim: (id: string) => take(client.POST('/api/escalations/{id}/claim', at(id))),
  release: (id: string, version: number) =>
    take(client.POST('/api/escalations/{id}/release', { ...at(id), body: { version } })),
  say: (id: string, text: string) =>
    take(client.POST('/api/escalations/{id}/say', { ...at(id), body: { text } })),
  answer: (id: string, body: AnswerRequest) =>
    take(client.POST('/api/escalations/{id}/answer', { ...at(id), body })),
  close: (id: string, reason: string) =>
    take(client.POST('/api/escalations/{id}/close', { ...at(id), body: { reason } })),
}

const candidates = {
  list: (state: CandidateStateName) =>
    take(client.GET('/api/candidates', { params: { query: { state } } })),
  one: (id: string) => take(client.GET('/api/candidates/{id}', at(id))),
  propose: (body: CandidateRequest) => take(client.POST('/api/candidates', { body })),
  change: (id: string, body: CandidateRequest) =>
    take(client.PUT('/api/candidates/{id}', { ...at(id), body })),
  approve: (id: string, version: number) =>
    take(client.POST('/api/candidates/{id}/approve', { ...at(id), body: { version } })),
  reject: (id: string, reason: string, version: number) =>
    take(client.POST('/api/candidates/{id}/reject', { ...at(id), body: { reason, version } })),
}

const editions = {
  list: () => take(client.GET('/api/editions')),
  publish: (note: string) => take(client.POST('/api/editions', { body: { note } })),
}

const entries = {
  page: (query: { q?: string; area?: string; page?: number }) =>
    take(client.GET('/api/entries', { params: { query } })),
  one: (id: string) => take(client.GET('/api/entries/{id}', at(id))),
}

const goal = {
  now: () => take(client.GET('/api/goal')),
  turns: (query: { days: number; missed?: boolean; topic?: string }) =>
    take(client.GET('/api/goal/turns', { params: { query } })),
}

const gaps = { list: () => take(client.GET('/api/gaps')) }

const trial = {
  ask: (question: string) => take(client.POST('/api/try', { body: { question } })),
}

const voices = {
  now: () => take(client.GET('/api/voices')),
  choose: (body: VoiceRequest) => take(client.PUT('/api/voices', { body })),
  /** Opus in Ogg. */
  preview: (text: string, voice?: string): Promise<Blob> =>
    take(client.POST('/api/voices/preview', { body: { text, ...(voice && { voice }) }, parseAs: 'blob' })),
}

const readings = {
  of: (text: string) => take(client.POST('/api/voices/reading', { body: { text } })),
  correct: (body: ReadingRequest) => take(client.POST('/api/readings', { body })),
  forget: (word: string) => take(client.DELETE('/api/readings/{word}', { params: { path: { word } } })),
}

const api = { session, escalations, candidates, editions, entries, goal, gaps, trial, voices, readings }

/** Every call of desk and console. Only composables use it. */
export const useApi = () => api
