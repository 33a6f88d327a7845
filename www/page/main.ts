import { init, version } from "#engine";
await_();
function await_() { init().then(() => console.log(version())); }
