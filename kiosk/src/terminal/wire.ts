// Short names for the generated wire types. Nothing is declared here.
import type { components } from '../protocol/channels'

type Wire = components['schemas']

export type SentenceRef = Wire['SentenceRef']
export type ClipRef = Wire['ClipRef']
export type Message = Wire['Numbered']
export type MessageType = Message['type']
export type MessageOf<T extends MessageType> = Extract<Message, { type: T }>
export type Request = Wire['TerminalRequest']
export type RequestOf<T extends Request['type']> = Extract<Request, { type: T }>
export type EntryRef = Wire['EntryRef']
export type OptionRef = Wire['OptionRef']
export type SourceRef = Wire['SourceRef']
export type EscalationStateName = Wire['EscalationStateName']
export type Adjustment = Wire['Adjustment']
export type Code = Wire['Code']
