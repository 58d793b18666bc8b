export { routeOf } from './policy/routes';
