import { readdirSync, readFileSync } from 'node:fs';

/** The kernel's unit of CPU time, on every Linux that Node runs on. */
const msPerTick = 10;

/** CPU time of processes, in milliseconds by process id: user and system, of all their threads. Empty where there is no /proc. */
export function cpuTimes(pids: Iterable<number>): Map<number, number> {
  const times = new Map<number, number>();
  for (const pid of pids) {
    const fields = statOf(pid);
    if (fields !== null) times.set(pid, (Number(fields[11]) + Number(fields[12])) * msPerTick);
  }
  return times;
}

/** Returns the CPU time of processes between two readings. A process that began meanwhile counts from its start. */
export function cpuUsed(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  let used = 0;
  for (const [pid, ms] of after) used += ms - (before.get(pid) ?? 0);
  return used;
}

/** Memory of a process and all that it started, in MiB: what is resident now, and the most that was. */
export function memoryOf(pid: number): { resident: number; peak: number } {
  const memory = { resident: 0, peak: 0 };
  for (const each of processTree(pid)) {
    const status = readText(`/proc/${each}/status`) ?? '';
    memory.resident += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
    memory.peak += Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  }
  return memory;
}

/** A process and all that it started, and so on. */
export function processTree(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readProcesses()) {
    const parent = Number(statOf(name)?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), name]);
  }
  const tree = [pid];
  for (const each of tree) tree.push(...(children.get(each) ?? []));
  return tree;
}

function readProcesses(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Boolean);
  } catch {
    return [];
  }
}

/** Returns the name of the program that a process runs; null if it has ended. */
export function programOf(pid: number): string | null {
  return readText(`/proc/${pid}/comm`)?.trim() ?? null;
}

/** The fields of /proc/PID/stat from the state on: what is before it has the program's name, which may have spaces. */
function statOf(pid: number): string[] | null {
  const stat = readText(`/proc/${pid}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Null if the process has ended. */
function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
