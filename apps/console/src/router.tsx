import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { Shell } from './shell/shell.tsx';
import { NotFound } from './shell/not-found.tsx';
import { validateSourceSearch } from './features/sources/source-search.ts';
import { Fault } from './ui/fault.tsx';
import { Loading } from './ui/loading.tsx';

/** Every page is a route with a script of its own. What a page shows is in its address. */
const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/system', replace: true });
  },
});

const sources = createRoute({
  getParentRoute: () => root,
  path: '/sources',
  validateSearch: validateSourceSearch,
  component: lazyRouteComponent(() => import('./features/sources/sources-page.tsx'), 'SourcesPage'),
});

const system = createRoute({
  getParentRoute: () => root,
  path: '/system',
  component: lazyRouteComponent(() => import('./features/system/system-page.tsx'), 'SystemPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([start, sources, system]),
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingMs: 300,
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error, reset }) => <Fault error={error} onRetry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
