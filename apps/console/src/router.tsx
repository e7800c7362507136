import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { Shell } from './shell/shell.tsx';
import { NotFound } from './shell/not-found.tsx';
import { validateDraftSearch, validateModelSearch } from './features/models/model-search.ts';
import { validateSourceSearch } from './features/sources/source-search.ts';
import { Fault } from './ui/fault.tsx';
import { Loading } from './ui/loading.tsx';
import { validateAudienceSearch } from './features/audiences/audience-search.ts';
import { validateCustomerSearch } from './features/customer/customer-search.ts';
import { validateCustomersSearch } from './features/customers/customers-search.ts';
import { validateOverviewSearch } from './features/overview/overview-search.ts';

/** Every page is a route with a script of its own. What a page shows is in its address. */
const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/overview', replace: true });
  },
});

const models = createRoute({
  getParentRoute: () => root,
  path: '/models',
  component: lazyRouteComponent(() => import('./features/models/models-page.tsx'), 'ModelsPage'),
});

const newModel = createRoute({
  getParentRoute: () => root,
  path: '/new-model',
  validateSearch: validateDraftSearch,
  component: lazyRouteComponent(() => import('./features/models/new-model-page.tsx'), 'NewModelPage'),
});

const model = createRoute({
  getParentRoute: () => root,
  path: '/models/$version',
  validateSearch: validateModelSearch,
  component: lazyRouteComponent(() => import('./features/models/model-page.tsx'), 'ModelPage'),
});

const sources = createRoute({
  getParentRoute: () => root,
  path: '/sources',
  validateSearch: validateSourceSearch,
  component: lazyRouteComponent(() => import('./features/sources/sources-page.tsx'), 'SourcesPage'),
});

const overview = createRoute({
  getParentRoute: () => root,
  path: '/overview',
  validateSearch: validateOverviewSearch,
  component: lazyRouteComponent(() => import('./features/overview/overview-page.tsx'), 'OverviewPage'),
});

const customers = createRoute({
  getParentRoute: () => root,
  path: '/customers',
  validateSearch: validateCustomersSearch,
  component: lazyRouteComponent(() => import('./features/customers/customers-page.tsx'), 'CustomersPage'),
});

const customer = createRoute({
  getParentRoute: () => root,
  path: '/customers/$customerId',
  validateSearch: validateCustomerSearch,
  component: lazyRouteComponent(() => import('./features/customer/customer-page.tsx'), 'CustomerPage'),
});

const audiences = createRoute({
  getParentRoute: () => root,
  path: '/audiences',
  component: lazyRouteComponent(() => import('./features/audiences/audiences-page.tsx'), 'AudiencesPage'),
});

const audience = createRoute({
  getParentRoute: () => root,
  path: '/audiences/$audienceId',
  validateSearch: validateAudienceSearch,
  component: lazyRouteComponent(() => import('./features/audiences/audience-page.tsx'), 'AudiencePage'),
});

const system = createRoute({
  getParentRoute: () => root,
  path: '/system',
  component: lazyRouteComponent(() => import('./features/system/system-page.tsx'), 'SystemPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    overview,
    customers,
    customer,
    audiences,
    audience,
    models,
    model,
    newModel,
    sources,
    system,
  ]),
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
