import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { Me, RoleName } from './resources'

/** A part of desk or console. It registers itself: see modules/index.ts. */
export interface DeskModule {
  /** The least role that may enter; none for pages before sign-in. */
  role?: RoleName
  routes: RouteRecordRaw[]
  menu?: { text: string; to: string; icon: Component; order: number }
}

declare module 'vue-router' {
  interface RouteMeta {
    role?: RoleName
    title?: string
  }
}

export const defineModule = (module: DeskModule): DeskModule => module

/** Whether somebody may enter what needs `role`: an admin may do everything. */
export function mayEnter(me: Pick<Me, 'role'> | null, role: RoleName | undefined): boolean {
  if (!role) return true
  return me !== null && (me.role === 'admin' || me.role === role)
}
