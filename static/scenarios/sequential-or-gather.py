# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "One after another, or together?"
# summary = "An async function is not concurrent by itself: three awaits in a row wait three times. A task each, and they wait together."
#
# [[tool.coroscope.questions]]
# ask = "Three downloads of 0.3 s each, awaited one by one. How long?"
# choices = ["0.3 s", "0.9 s"]
# answer = 1
# because = "`await` waits for this one before the next is begun. Only a task goes on by itself."
# ///
import asyncio
import time

#@markdown How the downloads are awaited
#@markdown Try all three; then give the semaphore fewer places.
how = "one by one"  #@param ["one by one", "gather", "gather with a semaphore"]
#@markdown How many downloads there are
n_downloads = 3  #@param {type:"slider", min:1, max:50, step:1}
#@markdown How many may be under way at once, with the semaphore
places = 2  #@param {type:"slider", min:1, max:10, step:1}


async def download(number):
    await asyncio.sleep(0.3)
    print(f"download {number} is here")
    return number


async def download_politely(number, semaphore):
    async with semaphore:
        return await download(number)


async def main():
    if how == "one by one":
        for number in range(n_downloads):
            await download(number)
    elif how == "gather":
        await asyncio.gather(*[download(number) for number in range(n_downloads)])
    else:
        semaphore = asyncio.Semaphore(places)
        await asyncio.gather(*[download_politely(number, semaphore) for number in range(n_downloads)])


start = time.perf_counter()
asyncio.run(main())
print(f"{n_downloads} downloads, {how}: {time.perf_counter() - start:.2f} s")
