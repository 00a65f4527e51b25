// The scenario through the clients that every run of the tests has: JavaScript, Python, the AWS CLI.
import {runSuite} from './run.mjs';

runSuite('interop');
