from termcolor import colored, cprint
from colorama import Fore, Back, Style, init
print(repr(colored("x", "red")), repr(colored("x", "red", "on_white", ["bold"], force_color=True)), repr(colored("x", "light_blue", force_color=True)), repr(colored("x", force_color=True)))
cprint("hello", "green")
print(repr(Fore.RED + "a" + Back.LIGHTBLUE_EX + Style.RESET_ALL + Fore.RESET))
init(autoreset=True)
print(Fore.GREEN + "plain where there is no terminal")
