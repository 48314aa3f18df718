package io.github.adkmigration.pickle;

import java.util.Set;

/**
 * Knows the globals that no honest event refers to, because they act: they start
 * processes, import or run code, open files or connections, or lead to something that
 * does. Nothing is ever called here; the list only tells an attack from an unknown class.
 */
final class HostileGlobals {

	private static final Set<String> MODULES = Set.of("os", "posix", "nt", "_posixsubprocess", "subprocess", "commands",
			"popen2", "sys", "importlib", "imp", "_imp", "_frozen_importlib", "_frozen_importlib_external", "zipimport",
			"runpy", "pkgutil", "socket", "_socket", "socketserver", "ssl", "_ssl", "select", "selectors", "shutil",
			"ctypes", "_ctypes", "cffi", "_cffi_backend", "mmap", "pty", "tty", "fcntl", "signal", "_signal", "code",
			"codeop", "webbrowser", "antigravity", "multiprocessing", "_multiprocessing", "threading", "_thread",
			"_threading_local", "asyncio", "concurrent", "sched", "pickle", "_pickle", "cPickle", "pickletools", "dill",
			"cloudpickle", "joblib", "shelve", "dbm", "marshal", "pdb", "bdb", "cProfile", "timeit", "trace", "doctest",
			"unittest", "idlelib", "lib2to3", "pydoc", "inspect", "ast", "dis", "gc", "atexit", "sysconfig",
			"distutils", "setuptools", "pkg_resources", "pip", "ensurepip", "venv", "http", "urllib", "urllib2",
			"urllib3", "ftplib", "smtplib", "poplib", "imaplib", "nntplib", "telnetlib", "xmlrpc", "xmlrpclib",
			"requests", "httpx", "aiohttp", "paramiko", "fabric", "tempfile", "fileinput", "linecache", "tarfile",
			"zipfile", "sqlite3", "_sqlite3", "winreg", "_winreg", "msvcrt", "_winapi", "winsound", "win32api",
			"win32process", "platform", "crypt", "getpass", "__builtins__", "IPython", "pexpect", "plumbum", "psutil",
			"operator", "_operator", "tkinter");

	/** Plain records that live in modules which otherwise act. */
	private static final Set<String> HARMLESS = Set.of("os.stat_result", "os.terminal_size", "os.times_result",
			"os.uname_result", "posix.stat_result", "posix.times_result", "posix.uname_result", "_operator.or_",
			"operator.or_", "http.HTTPStatus", "http.HTTPMethod", "urllib.parse.ParseResult",
			"urllib.parse.SplitResult", "platform.uname_result", "inspect._empty", "signal.Signals", "ssl.TLSVersion",
			"http.cookies.SimpleCookie");

	private static final Set<String> BUILTINS = Set.of("eval", "exec", "execfile", "compile", "__import__", "open",
			"file", "input", "raw_input", "breakpoint", "globals", "locals", "vars", "dir", "setattr", "delattr",
			"hasattr", "apply", "reload", "exit", "quit", "help", "copyright", "credits", "license", "memoryview",
			"__build_class__", "__loader__", "__spec__", "callable", "print", "intern");

	private static final Set<String> FUNCTIONS = Set.of("io.open", "io.open_code", "io.FileIO", "_io.open",
			"_io.open_code", "_io.FileIO", "codecs.open", "types.FunctionType", "types.CodeType", "types.LambdaType",
			"types.MethodType", "types.ModuleType", "functools.reduce", "_functools.reduce", "numpy.load",
			"numpy.fromfile", "numpy.memmap", "numpy.loadtxt", "numpy.genfromtxt", "pandas.read_pickle", "pandas.eval",
			"torch.load", "pandas.read_csv", "uuid._get_command_stdout", "collections._sys");

	/** Modules of which only a part acts. */
	private static final Set<String> SUBMODULES = Set.of("numpy.distutils", "numpy.f2py", "numpy.testing",
			"numpy.ctypeslib", "pandas.io", "pandas.core.computation", "pydantic._migration", "wsgiref.simple_server",
			"ctypes.util");

	private static final Set<String> ATTRIBUTES = Set.of("system", "popen", "spawn", "spawnl", "spawnv", "execv",
			"execve", "execl", "fork", "eval", "exec", "import_module", "check_output", "check_call", "Popen", "sys",
			"os", "subprocess", "modules", "f_globals", "gi_frame", "func_globals", "tb_frame", "builtins", "importlib",
			"posix", "socket", "shutil", "ctypes", "runpy", "pty", "webbrowser");

	private HostileGlobals() {
	}

	static boolean acts(String module, String name) {
		String qualified = module + "." + name;
		if (HARMLESS.contains(qualified)) {
			return false;
		}
		int dot = module.indexOf('.');
		if (MODULES.contains(dot < 0 ? module : module.substring(0, dot)) || FUNCTIONS.contains(qualified)
				|| actsBelow(module)) {
			return true;
		}
		if (isBuiltin(module) && BUILTINS.contains(name)) {
			return true;
		}
		return leadsElsewhere(module, name);
	}

	/**
	 * Return whether an attribute may be asked for: a member of an enum or a nested
	 * class, never a way from a harmless object to one that acts.
	 */
	static boolean actsThroughAttribute(PickleValue target, String attribute) {
		if (attribute.equals("__new__")) {
			return false;
		}
		if (target instanceof PickleGlobal global && isBuiltin(global.module())) {
			return true;
		}
		return isDunder(attribute) || ATTRIBUTES.contains(attribute) || attribute.indexOf('.') >= 0;
	}

	static boolean isGetattr(PickleValue callable) {
		return callable instanceof PickleGlobal global && isBuiltin(global.module()) && global.name().equals("getattr");
	}

	private static boolean isBuiltin(String module) {
		return module.equals("builtins");
	}

	private static boolean actsBelow(String module) {
		for (String submodule : SUBMODULES) {
			if (module.startsWith(submodule)
					&& (module.length() == submodule.length() || module.charAt(submodule.length()) == '.')) {
				return true;
			}
		}
		return false;
	}

	private static boolean leadsElsewhere(String module, String name) {
		if (name.indexOf('.') < 0) {
			return isDunder(name) && !module.equals("copyreg");
		}
		for (String part : name.split("\\.", -1)) {
			if (isDunder(part) || ATTRIBUTES.contains(part)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isDunder(String name) {
		return name.length() > 4 && name.startsWith("__") && name.endsWith("__");
	}

}
