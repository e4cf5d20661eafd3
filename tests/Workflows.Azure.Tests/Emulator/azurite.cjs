// Runs the given script of Azurite's until standard input ends: however the test process goes, its emulator goes with it.
process.stdin.resume();
process.stdin.on("end", () => process.exit());
const [azurite] = process.argv.splice(2, 1);
require(azurite);
