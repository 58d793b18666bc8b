import type { Route } from './call';

export interface Match {
  route: Route;
  params: Record<string, string>;
}

/** `named` is the operation in the `X-Amz-Target` header, where a service has one path for all. */
export type Find = (method: string, path: string, named: string) => Match | undefined;

interface Compiled {
  route: Route;
  pattern: RegExp;
}

// Service models write `{name}` for one segment and `{name+}` for a segment that may hold slashes.
function compile(route: Route): Compiled {
  const source = route.path
    .split('/')
    .map((part) =>
      part.replace(/^\{(\w+)\+\}$/, '(?<$1>.+)').replace(/^\{(\w+)\}$/, '(?<$1>[^/]+)'),
    )
    .join('/');
  return { route, pattern: new RegExp(`^${source}/?$`) };
}

/** The first route wins, so a fixed path such as `/jobs/list` must differ from `/jobs/{jobId}` by its method. */
export function router(routes: Route[]): Find {
  const compiled = routes.map(compile);
  return (method, path) => {
    for (const { route, pattern } of compiled) {
      const found = route.method === method ? pattern.exec(path) : null;
      if (found) {
        const groups = Object.entries(found.groups ?? {});
        // Decoded after matching: an ARN in a path carries %2F for its own slashes.
        const params = groups.map(([name, value]) => [name, decodeURIComponent(value)] as const);
        return { route, params: Object.fromEntries(params) };
      }
    }
    return undefined;
  };
}

/** For services whose operations are told apart by their names only. */
export function byName(routes: Route[]): Find {
  return (_method, _path, named) => {
    const route = routes.find(({ operation }) => operation === named);
    return route && { route, params: {} };
  };
}
