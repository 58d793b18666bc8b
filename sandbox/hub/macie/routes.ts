import type { Route } from '../http/call';

export const macieRoutes: Route[] = [];
