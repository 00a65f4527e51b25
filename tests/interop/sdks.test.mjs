// The scenario through the clients whose toolchains may be missing: Java, Go, Rust.
import {runSuite} from './run.mjs';

runSuite('sdks');
