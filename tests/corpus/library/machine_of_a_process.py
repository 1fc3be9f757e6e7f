import psutil, os, threading
p = psutil.Process()
print(p.pid == os.getpid(), psutil.cpu_count() > 0, p.memory_info().rss > 1000000, p.num_threads(), type(psutil.cpu_percent()), type(p.cpu_percent(interval=0.01)))
print(psutil.virtual_memory().percent > 0, p.name().startswith("py"), psutil.pid_exists(os.getpid()))
